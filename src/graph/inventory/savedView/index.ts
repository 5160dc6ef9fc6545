import './types.ts';
import './createSavedView.ts';
import './changeSavedView.ts';
