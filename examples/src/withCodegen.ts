import { request } from 'graphql-request';
import { graphql } from './generated/codegen/index.js';
import { headers, server } from './server.js';

const Locations = graphql(`
  query Locations {
    viewer { locations { nodes { id name } } }
  }
`);
const Bins = graphql(`
  query Bins($locationId: ID!, $first: Int!) {
    bins(locationId: $locationId, first: $first) {
      totalCount
      nodes { name createdAt customFields }
    }
  }
`);

const endpoint = `${server}/graphql`;
const { viewer } = await request(endpoint, Locations, {}, headers);
const [location] = viewer.locations.nodes;
if (!location) throw new Error('There is no location yet.');

const { bins } = await request(endpoint, Bins, { locationId: location.id, first: 10 }, headers);
console.log(JSON.stringify({ location: location.name, bins: bins.nodes.map(({ name }) => name) }));
