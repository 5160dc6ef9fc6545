import './areas.ts';
import './createArea.ts';
import './renameArea.ts';
import './deleteArea.ts';
