# Fetches a mailbox with Mail::POP3Client. The arguments are those of program.ts.
use strict;
use warnings;
use Mail::POP3Client;

my ($host, $port, $user, $password, $encryption, $authority, $errand, $login) = @ARGV;
if ($encryption eq 'implicit') {
    require IO::Socket::SSL;
    IO::Socket::SSL::set_defaults(SSL_ca_file => $authority, SSL_verifycn_scheme => 'pop3');
}
my $server = Mail::POP3Client->new(
    HOST => $host, PORT => $port, USER => $user, PASSWORD => $password, TIMEOUT => 60,
    USESSL => $encryption eq 'implicit', AUTH_MODE => $login eq 'any' ? 'BEST' : $login,
);
my $count = $server->Count;
$count >= 0 or die 'login: ' . $server->Message;
for my $number (1 .. $count) {
    open my $file, '>:raw', "$number.eml" or die "$number.eml: $!\n";
    $server->RetrieveToFile($file, $number) or die "retrieve $number: " . $server->Message;
    close $file or die "$number.eml: $!\n";
    $errand eq 'keep' or $server->Delete($number) or die "delete $number: " . $server->Message;
}
$server->Close or die 'quit: ' . $server->Message;
