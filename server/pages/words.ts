import { accountWords } from '#server/pages/words/account'
import { publicWords } from '#server/pages/words/public'

/** Every sentence that Kith's own pages say, in one place, so that it can be said in other languages too. */
export const words = {
  skip: 'Skip to the content',
  home: 'Home',
  mainNavigation: 'Main',
  logIn: 'Log in',
  logOut: 'Log out',
  signUp: 'Create an account',
  join: 'Join',
  settings: 'Settings',
  about: 'About',
  privacy: 'Privacy',
  feed: 'Follow by RSS',
  error: 'Error',
  older: 'Older',
  newer: 'Newer',
  pages: 'Pages',
  runsOn: 'Runs on',
  optional: '(optional)',
  tagline: 'Friends across the fediverse.',

  form: {
    problems: (count: number) =>
      count === 1 ? 'One thing needs another look' : `${count} things need another look`,
    leaveEmpty: 'Leave this field empty',
    show: 'Show',
    showLabel: 'Show the password',
    copy: 'Copy',
    copied: 'Copied',
    tooMany: 'Too many tries. Wait a while, then try again.',
  },

  ...accountWords,
  ...publicWords,
} as const
