# Verifies access tokens with ruby-jwt, as a service in Ruby would. See README.md for the protocol.
require 'json'
require 'jwt'
require 'net/http'

if ARGV.include?('--describe')
  # Its JWKs know no key of the kind OKP.
  puts JSON.generate(library: "ruby-jwt #{JWT::VERSION::STRING}", algorithms: %w[ES256 HS256 RS256])
  exit
end

fetched = nil
JWKS = lambda do |options|
  fetched = nil if options[:kid_not_found]
  fetched ||= JSON.parse(Net::HTTP.get(URI(ENV.fetch('JWK_URL'))))
end

OPTIONS = { algorithms: [ENV.fetch('ALGORITHM')], required_claims: ['exp'] }
OPTIONS.update(iss: ENV['ISSUER'], verify_iss: true) if ENV['ISSUER']
OPTIONS.update(aud: ENV['AUDIENCE'], verify_aud: true) if ENV['AUDIENCE']
OPTIONS.update(jwks: JWKS) if ENV['JWK_URL']

def verify(token)
  claims, = JWT.decode(token, ENV['SECRET_KEY'], true, OPTIONS)
  raise JWT::DecodeError, 'not an access token' unless claims['token_type'] == 'access'

  claims
end

$stdout.sync = true
$stdin.each_line do |line|
  answer =
    begin
      { ok: true, claims: verify(JSON.parse(line)['token']) }
    rescue JWT::DecodeError => e
      { ok: false, error: e.message }
    end
  puts JSON.generate(answer)
end
