import { limits } from '#config/limits'
import type { Role } from '#core/actor'

type Shown = { id: string; name: string; color: string; permissions: number }

// Mastodon's flags (admin 1, audit log 4, dashboard 8, reports 16, federation 32, settings 64, blocks 128, …): apps
// show their staff tools by them.
const everything = 2 ** 20 - 1
const shown: Record<Role, Shown> = {
  owner: { id: '3', name: 'Owner', color: '', permissions: everything },
  admin: { id: '2', name: 'Admin', color: '', permissions: everything - 3 },
  moderator: { id: '1', name: 'Moderator', color: '', permissions: 4 + 8 + 16 + 1024 },
  user: { id: '-99', name: '', color: '', permissions: 0 },
}

/** What a member may do, for themselves. */
export function roleJson(role: Role) {
  const { id, name, color, permissions } = shown[role]
  return {
    id,
    name,
    permissions: String(permissions),
    color,
    highlighted: role !== 'user',
    collection_limit: limits.collection.perUser,
  }
}

/** The badge that everybody sees: of staff only. */
export const highlightedRole = (role: Role | null): { id: string; name: string; color: string }[] =>
  role && role !== 'user' ? [{ id: shown[role].id, name: shown[role].name, color: shown[role].color }] : []
