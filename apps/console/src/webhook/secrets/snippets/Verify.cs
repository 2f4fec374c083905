using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

public static class Webhook
{
    /// <summary>body is the raw request body, before any JSON parser has seen it.</summary>
    public static bool Verify(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        if (id == null || signatures == null || !long.TryParse(timestamp, out var seconds)) return false;
        // Refuse what is older or newer than five minutes: a recorded request must not pass again.
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300) return false;

        var key = secret.StartsWith("whsec_", StringComparison.Ordinal)
            ? Convert.FromBase64String(secret.Substring(6))
            : Encoding.UTF8.GetBytes(secret);
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray();
        byte[] expected;
        using (var hmac = new HMACSHA256(key))
            expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(hmac.ComputeHash(signed)));

        // There are two signatures while a secret is being rotated.
        return signatures.Split(' ').Any(signature =>
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
    }
}
