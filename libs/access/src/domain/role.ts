/** Roles of staff, from the least to the most powerful. Each may do what those before it may. */
export const roles = ['viewer', 'agent', 'manager', 'owner'] as const;

export type Role = (typeof roles)[number];

/** Whether `role` may do what at least `needed` may. */
export function mayActAs(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** One of the staff. */
export interface StaffMember {
  id: string;
  email: string;
  role: Role;
}

/** Who of the staff acts, and the id that their request leaves on rows and in the audit log. */
export interface Staff extends StaffMember {
  correlationId: string;
}
