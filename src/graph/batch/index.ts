import './runBatch.ts';
