import './organization.ts';
import './setOrganizationStatus.ts';
import './updateOrganization.ts';
