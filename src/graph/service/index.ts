import './serviceInfo.ts';
