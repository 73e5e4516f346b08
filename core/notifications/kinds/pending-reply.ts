import { kind } from '../kind.ts'

/** Somebody wants to reply to a post of the member, which needs their yes; the request is the subject. */
export default kind({
  name: 'pending.reply',
  headline: (who) => `${who} asks to reply to your post`,
  hasPost: true,
  hasSubject: true,
  isFilterable: true,
  title: 'Somebody asks to reply to your post',
  aliases: [],
})
