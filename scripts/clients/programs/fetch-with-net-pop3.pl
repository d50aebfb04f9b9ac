# Fetches a mailbox with Net::POP3. The arguments are those of program.ts.
use strict;
use warnings;
use Net::POP3;

my ($host, $port, $user, $password, $encryption, $authority, $errand, $login) = @ARGV;
my %tls = $encryption eq 'none' ? () : (SSL_ca_file => $authority);
my $server = Net::POP3->new($host, Port => $port, Timeout => 60, SSL => $encryption eq 'implicit', %tls) or die "connect: $@\n";
$encryption ne 'starttls' or $server->starttls(%tls) or die "starttls: $@\n";
if ($login eq 'APOP') {
    defined $server->apop($user, $password) or die 'apop: ' . $server->message;
} elsif ($login eq 'any' or $login eq 'PASS') {
    defined $server->login($user, $password) or die 'login: ' . $server->message;
} else {
    require Authen::SASL;
    my %answers = (user => $user, pass => $password, authname => '');
    $server->auth(Authen::SASL->new(mechanism => $login, callback => \%answers), $password) or die 'auth: ' . $server->message;
}
my $listing = $server->list or die 'list: ' . $server->message;
for my $number (sort { $a <=> $b } keys %$listing) {
    my $lines = $server->get($number) or die "get $number: " . $server->message;
    open my $file, '>:raw', "$number.eml" or die "$number.eml: $!\n";
    print $file @$lines;
    close $file or die "$number.eml: $!\n";
    $errand eq 'keep' or $server->delete($number) or die "delete $number: " . $server->message;
}
$server->quit;
