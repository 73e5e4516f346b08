import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    'report.filed': { reportId: Id }
  }
}
