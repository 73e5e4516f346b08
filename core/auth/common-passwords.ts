/** Passwords of eight characters and more that every guesser tries first, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  (
    'password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa$$word 12345678 123456789 ' +
    '1234567890 12345678910 0123456789 0987654321 987654321 87654321 11111111 111111111 00000000 000000000 12341234 ' +
    '11223344 1122334455 12121212 123123123 123321123 123454321 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc qwertyui ' +
    'qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwer1234 qwert1234 qwerasdf asdfghjk asdfghjkl asdf1234 ' +
    'zxcvbnm1 zxcvbnm123 zaq12wsx abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 ' +
    'iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1 baseball baseball1 ' +
    'superman superman1 trustno1 welcome1 welcome123 letmein1 letmein123 whatever starwars computer internet ' +
    'michelle jennifer jessica1 charlie1 michael1 danielle dragon123 monkey123 shadow123 master123 admin123 ' +
    'admin1234 administrator changeme changeme1 secret123 test1234 testtest default1 passport pokemon1 liverpool ' +
    'chelsea1 arsenal1 barcelona realmadrid mustang1 corvette mercedes samsung1 q1w2e3r4 q1w2e3r4t5 88888888 ' +
    '99999999 55555555 66666666 77777777 22222222 33333333 44444444 13131313 69696969 87654321a google123 facebook1 ' +
    'mastodon mastodon1 fediverse1 asdasdasd qweqweqwe zxczxczxc 147258369 159753456 741852963 789456123 7777777777'
  ).split(' '),
)
