import type { PickableEmoji } from '#core/media/list-emojis'
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

/** Renders an emoji for pickers: with its category, when it has one (INST-21). */
export const pickableEmojiJson = ({ shortcode, url, staticUrl, category, isInPicker }: PickableEmoji) => ({
  shortcode,
  url,
  static_url: staticUrl,
  visible_in_picker: isInPicker,
  ...(category ? { category, featured: false } : {}),
})
