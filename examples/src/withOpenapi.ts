import createClient from 'openapi-fetch';
import type { paths } from './generated/openbin.js';
import { headers, server } from './server.js';

const openbin = createClient<paths>({ baseUrl: `${server}/openbin`, headers });

const location = await openbin.POST('/api/locations', { body: { name: 'Workshop' } });
if (!location.data) throw new Error(location.error.message);

const items = ['Hammer', { name: 'Nails', quantity: 50 }];
const bin = await openbin.POST('/api/bins', {
  body: { locationId: location.data.id, name: 'Tools', items },
});
if (!bin.data) throw new Error(bin.error.message);

const missing = await openbin.GET('/api/bins/{id}', { params: { path: { id: 'no-such-bin' } } });

console.log(JSON.stringify({ created: bin.data.name, missing: missing.error?.error }));
