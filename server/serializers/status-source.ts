import type { Post } from '#core/posts/post.model'
import { htmlToText } from '#core/text/html-to-text'

/** A post as it was typed (STAT-18); one of another server as that says it was, else as plain text. */
export const statusSourceJson = (post: Post) => ({
  id: post.id,
  text: post.isLocal || post.textType ? post.text : htmlToText(post.html),
  spoiler_text: post.spoilerText,
  content_type: post.textType ?? 'text/plain',
})
