import type { EmojiUse } from '#core/accounts/account.model'

/** A custom emoji that some text uses. */
export type EmojiJson = { shortcode: string; url: string; static_url: string; visible_in_picker: boolean }

/** Renders the emojis of a text; those without a picture are left out, as apps would show a broken one (TRIP-59). */
export const emojiUsesJson = (uses: readonly EmojiUse[]): EmojiJson[] =>
  uses
    .filter(({ url }) => url !== '')
    .map(({ shortcode, url, staticUrl }) => ({
      shortcode,
      url,
      static_url: staticUrl || url,
      visible_in_picker: true,
    }))
