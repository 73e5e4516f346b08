import type { PostTranslation } from '#core/posts/translation/translate-post'

/** A post in another language (STAT-30). */
export const translationJson = ({
  html,
  spoilerText,
  language,
  from,
  provider,
  media,
  poll,
}: PostTranslation) => ({
  content: html,
  spoiler_text: spoilerText,
  language,
  detected_source_language: from,
  provider,
  media_attachments: media,
  poll: poll && { id: poll.id, options: poll.options.map((title) => ({ title })) },
})
