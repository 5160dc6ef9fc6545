import './bins.ts';
import './oneBin.ts';
import './createBin.ts';
import './updateBin.ts';
