# Verifies access tokens with Crypt::JWT, as a service in Perl would. See README.md for the protocol.
use strict;
use warnings;
use Crypt::JWT qw(decode_jwt);
use HTTP::Tiny;
use JSON::PP qw(decode_json encode_json);

$| = 1;

if (grep { $_ eq '--describe' } @ARGV) {
  my @algorithms = qw(ES256 EdDSA HS256 RS256);
  print encode_json({ library => "Crypt::JWT $Crypt::JWT::VERSION", algorithms => \@algorithms }), "\n";
  exit;
}

my $jwks;

# The keys, once more when a token names one that they lack.
sub keys_for {
  my ($token) = @_;
  my ($header) = eval { decode_jwt(token => $token, ignore_signature => 1, ignore_claims => 1, decode_header => 1) };
  my $kid = $header ? $header->{kid} // '' : '';
  $jwks = fetch_keys() unless $jwks && grep { $_->{kid} eq $kid } @{ $jwks->{keys} };
  return $jwks;
}

sub fetch_keys {
  my $answer = HTTP::Tiny->new->get($ENV{JWK_URL});
  die "no keys: $answer->{status}\n" unless $answer->{success};
  return decode_json($answer->{content});
}

sub verify {
  my ($token) = @_;
  my $claims = decode_jwt(
    token        => $token,
    accepted_alg => $ENV{ALGORITHM},
    verify_exp   => 1,
    ($ENV{SECRET_KEY} ? (key        => $ENV{SECRET_KEY}) : (kid_keys => keys_for($token))),
    ($ENV{ISSUER}     ? (verify_iss => $ENV{ISSUER})     : ()),
    ($ENV{AUDIENCE}   ? (verify_aud => $ENV{AUDIENCE})   : ()),
  );
  die "not an access token\n" unless ref $claims eq 'HASH' && ($claims->{token_type} // '') eq 'access';
  return $claims;
}

while (my $line = <STDIN>) {
  my $claims = eval { verify(decode_json($line)->{token}) };
  print encode_json($claims ? { ok => JSON::PP::true, claims => $claims } : { ok => JSON::PP::false, error => "$@" }), "\n";
}
