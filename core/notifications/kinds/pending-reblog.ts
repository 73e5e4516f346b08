import { kind } from '../kind.ts'

/** Somebody wants to boost a post of the member, which needs their yes; the request is the subject. */
export default kind({
  name: 'pending.reblog',
  headline: (who) => `${who} asks to boost your post`,
  hasPost: true,
  hasSubject: true,
  isFilterable: true,
  title: 'Somebody asks to boost your post',
  aliases: [],
})
