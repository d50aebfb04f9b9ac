<?php
// Fetches a mailbox with the imap extension. The arguments are those of program.ts.
[, $host, $port, $user, $password, $encryption, , $errand, $login] = $argv;
$flags = ['none' => '/notls', 'starttls' => '/tls', 'implicit' => '/ssl'][$encryption];
// It takes the first of these that the server has, and PASS when it has none.
$others = $login === 'any' ? [] : array_diff(['CRAM-MD5', 'PLAIN', 'LOGIN'], [$login]);
$server = imap_open("{{$host}:$port/pop3$flags}INBOX", $user, $password, 0, 1, ['DISABLE_AUTHENTICATOR' => array_values($others)])
    or exit("open: " . imap_last_error() . "\n");
$count = imap_num_msg($server);
for ($number = 1; $number <= $count; $number++) {
    imap_savebody($server, "$number.eml", $number, '') or exit("save $number: " . imap_last_error() . "\n");
    if ($errand === 'delete') imap_delete($server, (string) $number);
}
imap_close($server, $errand === 'delete' ? CL_EXPUNGE : 0) or exit("close: " . imap_last_error() . "\n");
