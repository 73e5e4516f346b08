/** User names that would pass for the instance itself or its staff; only the command line gives them out. */
export const reservedNames: ReadonlySet<string> = new Set(
  (
    'abuse account accounts admin administration administrator all anonymous api auth billing bot contact everybody ' +
    'everyone federation finance follow ftp help here hostmaster info instance kith legal mail mailer_daemon ' +
    'mastodon media mod moderation moderator moderators nobody noc noreply no_reply null official operator owner ' +
    'postmaster press privacy relay root sales security server service settings somebody staff status support ' +
    'sysadmin system team undefined usenet user users uucp webmaster www'
  ).split(' '),
)
