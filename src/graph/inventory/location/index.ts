import './locations.ts';
import './stats.ts';
import './createLocation.ts';
import './updateLocation.ts';
import './deleteLocation.ts';
import './joinLocation.ts';
import './regenerateInviteCode.ts';
import './setActiveLocation.ts';
