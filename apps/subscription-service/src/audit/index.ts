export { auditApi } from './audit.openapi.js';
export { auditedBy, type AuditEntry, type StoredAuditEntry } from './audit-entry.js';
export { AuditLog, type AuditQuery } from './audit-log.js';
export { AuditModule } from './audit.module.js';
export { ListAuditDto } from './list-audit.dto.js';
