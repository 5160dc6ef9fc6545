import { DomainError } from '../../../errors/domainError.ts';
import type { Access } from './access.ts';

/** True for owners and administrators, else FORBIDDEN. */
export const mayManage = ({ role }: Access): true | DomainError =>
  role !== 'VIEWER' || new DomainError('FORBIDDEN');

/** The same while the organization works, else ORGANIZATION_SUSPENDED. */
export function mayChange(access: Access): true | DomainError {
  const allowed = mayManage(access);
  return allowed === true && access.status === 'SUSPENDED'
    ? new DomainError('ORGANIZATION_SUSPENDED')
    : allowed;
}
