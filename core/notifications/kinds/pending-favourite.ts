import { kind } from '../kind.ts'

/** Somebody wants to like a post of the member, which needs their yes; the request is the subject. */
export default kind({
  name: 'pending.favourite',
  headline: (who) => `${who} asks to like your post`,
  hasPost: true,
  hasSubject: true,
  isFilterable: true,
  title: 'Somebody asks to like your post',
  aliases: [],
})
