# Fetches a mailbox with Net::POP3: HOST PORT USER PASSWORD FOLDER; a file a message, as 1.eml and so on.
use strict;
use warnings;
use Net::POP3;

my ($host, $port, $user, $password, $folder) = @ARGV;
my $server = Net::POP3->new($host, Port => $port, Timeout => 60) or die "connect: $@\n";
my $count = $server->login($user, $password);
defined $count or die 'login: ' . $server->message;
for my $number (1 .. $count) {
    my $lines = $server->get($number) or die "get $number: " . $server->message;
    open my $file, '>:raw', "$folder/$number.eml" or die "$folder/$number.eml: $!\n";
    # Net::POP3 ends lines with LF.
    s/\n\z/\r\n/ && print {$file} $_ for @$lines;
    close $file or die "$folder/$number.eml: $!\n";
}
$server->quit or die 'quit: ' . $server->message;
