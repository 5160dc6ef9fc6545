import { normaliseAddress } from '../core/text/addresses.ts';
import { tidyName } from '../core/text/names.ts';
import { eachText, type StoredTexts } from '../core/text/storedTexts.ts';
import { searchTextOf } from './node/rules.ts';

/** The texts of the VPN that older versions stored as they were typed. */
export const vpnTexts: StoredTexts[] = [
  {
    table: 'Organization',
    key: ['id'],
    columns: ['name', 'contactEmail'],
    normalise: ({ name, contactEmail }) => ({
      name: tidyName(String(name)),
      contactEmail: normaliseAddress(String(contactEmail)),
    }),
  },
  { table: 'OrganizationInvitation', key: ['id'], ...eachText(['email'], normaliseAddress) },
  {
    table: 'VpnNode',
    key: ['id'],
    columns: ['name', 'host', 'searchText'],
    normalise({ name, host }) {
      const tidy = tidyName(String(name));
      return { name: tidy, host: String(host), searchText: searchTextOf({ name: tidy, host: String(host) }) };
    },
  },
  { table: 'VpnPassword', key: ['id'], ...eachText(['name'], tidyName) },
];
