import './binUsage.ts';
import './recordBinUse.ts';
