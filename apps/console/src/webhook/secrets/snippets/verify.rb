require 'openssl'

# `body` is the raw request body, before any JSON parser has seen it.
def verify(secret, headers, body)
  id, timestamp = headers.values_at('webhook-id', 'webhook-timestamp')
  # Refuse what is older or newer than five minutes: a recorded request must not pass again.
  return false unless timestamp&.match?(/\A\d+\z/) && (Time.now.to_i - timestamp.to_i).abs <= 300

  key = secret.start_with?('whsec_') ? secret.delete_prefix('whsec_').unpack1('m') : secret
  expected = "v1,#{[OpenSSL::HMAC.digest('SHA256', key, "#{id}.#{timestamp}.#{body}")].pack('m0')}"

  # There are two signatures while a secret is being rotated.
  headers.fetch('webhook-signature', '').split.any? do |signature|
    signature.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(signature, expected)
  end
end
