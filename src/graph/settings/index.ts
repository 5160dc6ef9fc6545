import './settings.ts';
