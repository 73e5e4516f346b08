import { stat } from 'node:fs/promises'
import { instanceActor } from '#core/accounts/instance-actor'
import { addEmoji } from '#core/media/add-emoji'
import { command } from '../command.ts'

export default command('emojis add <shortcode> <file>', {
  says: 'Add a custom emoji: a picture of up to 256 KB, moving or not.',
  options: [
    { flags: '--category <name>', says: 'the heading it stands under in pickers' },
    { flags: '--unlisted', says: 'usable, but in no picker' },
    { flags: '--overwrite', says: 'take the place of the one that has this code' },
  ],
  run: async (ctx, { shortcode, file, category, unlisted, overwrite }) => {
    const path = String(file)
    const { size: bytes } = await stat(path)
    const emoji = await addEmoji(ctx, {
      shortcode: String(shortcode),
      file: { path, bytes },
      ownerId: (await instanceActor(ctx)).id,
      category: category === undefined ? undefined : String(category),
      ...(unlisted ? { isInPicker: false } : {}),
      replaces: Boolean(overwrite),
    })
    console.log(`Members can use :${emoji.shortcode}: now.`)
  },
})
