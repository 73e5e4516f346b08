import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** An upload is here and waits to be processed. */
    'medium.uploaded': { mediumId: Id }
    /** Files that no row names any more, by their keys in the store. */
    'media.discarded': { keys: string[] }
  }
}
