import './activities.ts';
