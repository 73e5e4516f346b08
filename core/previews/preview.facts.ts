import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** A page has been asked for the first time, or says something else now. */
    'preview.ready': { previewId: Id }
    /** A post has a card that it had not. */
    'preview.shown': { postId: Id; authorId: Id }
  }
}
