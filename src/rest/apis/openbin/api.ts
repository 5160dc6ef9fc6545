import { credentialCookie, exactBearer } from '../../../pipeline/credentials.ts';
import { defineApi } from '../../engine/api.ts';
import { accessCookie, csrf } from './cookies.ts';
import { errors } from './errors.ts';
import { headers } from './headers.ts';
import { limits } from './limits.ts';
import { accountRoutes } from './routes/account.ts';
import { activityRoutes } from './routes/activity.ts';
import { apiKeyRoutes } from './routes/apiKeys.ts';
import { areaRoutes } from './routes/areas.ts';
import { batchRoutes } from './routes/batch.ts';
import { binActionRoutes } from './routes/binActions.ts';
import { binListRoutes } from './routes/binList.ts';
import { binRoutes } from './routes/bins.ts';
import { checkoutRoutes } from './routes/checkouts.ts';
import { customFieldRoutes } from './routes/customFields.ts';
import { deletionRoutes } from './routes/deletion.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { itemListRoutes } from './routes/itemList.ts';
import { itemRoutes } from './routes/items.ts';
import { itemBulkRoutes } from './routes/itemsBulk.ts';
import { locationRoutes } from './routes/locations.ts';
import { memberRoutes } from './routes/members.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { pinRoutes } from './routes/pins.ts';
import { planRoutes } from './routes/plan.ts';
import { savedViewRoutes } from './routes/savedViews.ts';
import { scanRoutes } from './routes/scans.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { settingsRoutes } from './routes/settings.ts';
import { shoppingRoutes } from './routes/shopping.ts';
import { tagBulkRoutes } from './routes/tagBulk.ts';
import { tagColorRoutes } from './routes/tagColors.ts';
import { tagRoutes } from './routes/tags.ts';
import { trashRoutes } from './routes/trash.ts';
import { usageRoutes } from './routes/usage.ts';

/** The few fields of the graph that have other names here than in it; the contract's casing is field by field (2). */
const externalNames: Readonly<Record<string, string>> = {
  activityRetentionDays: 'activity_retention_days',
  trashRetentionDays: 'trash_retention_days',
  appName: 'app_name',
  termBin: 'term_bin',
  termLocation: 'term_location',
  termArea: 'term_area',
  defaultJoinRole: 'default_join_role',
  parentId: 'parent_id',
};

/** OpenBin: a household's inventory (contract openbin.md). */
export const openbin = defineApi({
  name: 'openbin',
  title: 'OpenBin API',
  description: 'Households with their areas, members, bins and log.',
  bases: ['/api'],
  credentials: [exactBearer, credentialCookie(accessCookie)],
  csrf,
  errors,
  limits,
  headers,
  corsOrigin: ({ openbin: { corsOrigin } }) => corsOrigin,
  etag: true,
  gzip: true,
  hidesUnknownPaths: true,
  externalName: (field) => externalNames[field] ?? field,
  routes: [
    ...sessionRoutes,
    ...accountRoutes,
    ...passwordRoutes,
    ...deletionRoutes,
    ...apiKeyRoutes,
    ...locationRoutes,
    ...invitationRoutes,
    ...memberRoutes,
    ...areaRoutes,
    ...binListRoutes,
    ...binRoutes,
    ...trashRoutes,
    ...binActionRoutes,
    ...pinRoutes,
    ...usageRoutes,
    ...scanRoutes,
    ...itemListRoutes,
    ...itemRoutes,
    ...itemBulkRoutes,
    ...checkoutRoutes,
    ...tagRoutes,
    ...tagBulkRoutes,
    ...tagColorRoutes,
    ...shoppingRoutes,
    ...batchRoutes,
    ...customFieldRoutes,
    ...activityRoutes,
    ...settingsRoutes,
    ...savedViewRoutes,
    ...planRoutes,
  ],
});
