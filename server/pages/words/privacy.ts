/** The privacy notes that come with Kith: what the software does, for admins to replace by what they do. */
export const usualPrivacy: readonly { title: string; texts: readonly string[] }[] = [
  {
    title: 'What is kept',
    texts: [
      'Your account: user name, email address, a one-way code made from your password, and what you write in your profile.',
      'What you do here: your posts, messages, pictures and other media, whom you follow, block and mute, and what you mark as a favourite or bookmark.',
      'Your devices: for each log-in the kind of browser, its network address and when it was last used, so that you can recognise them. You see the list in your settings.',
    ],
  },
  {
    title: 'Who sees it',
    texts: [
      'Public and unlisted posts can be seen by anybody. They are also sent to other servers where people follow you.',
      'Posts for followers and direct messages are sent to the servers of the people they are for. They are not encrypted from end to end: whoever runs this server or one of those could read them. Do not share anything dangerous here.',
      'Your email address, your network addresses and your settings stay on this server. They are not sold, and nobody is shown advertising made from them.',
      'Apps you let in see what you allowed them to see, until you remove them in your settings.',
    ],
  },
  {
    title: 'Cookies',
    texts: [
      'One cookie, when you log in on these pages, to know that you are logged in. There are none for tracking.',
    ],
  },
  {
    title: 'Deleting',
    texts: [
      'What you delete is removed here, and the other servers that received it are asked to remove it as well. They usually do; that cannot be enforced.',
    ],
  },
]
