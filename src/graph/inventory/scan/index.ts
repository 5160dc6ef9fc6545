import './types.ts';
import './scans.ts';
import './recordScan.ts';
import './clearScans.ts';
