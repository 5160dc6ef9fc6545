import './oneBin.ts';
import './createBin.ts';
import './updateBin.ts';
