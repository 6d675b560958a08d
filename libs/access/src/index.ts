export { AccessModule } from './access.module';
export { AccessService, type Login } from './access.service';
export { AuditLog } from './audit-log.service';
export {
  type AuditAction,
  auditActions,
  type AuditEntry,
  type AuditPage,
  type AuditRecord,
  type AuditTarget,
} from './domain/audit-entry';
export { mayActAs, type Role, roles, type Staff, type StaffMember } from './domain/role';
export { ensureFirstAdmin } from './first-admin';
export { IS_PUBLIC, Public } from './public.decorator';
