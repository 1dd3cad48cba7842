/** Who may do what; each role may do what those before it may. */
export const ROLES = ['viewer', 'writer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody of role `held` may do what needs `needed`. */
export function allows(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}
