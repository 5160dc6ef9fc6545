import './pinnedBins.ts';
import './pinBin.ts';
import './unpinBin.ts';
import './reorderPins.ts';
