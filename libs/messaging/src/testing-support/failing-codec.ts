import kafkajs from 'kafkajs';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** Makes the client fail while it decodes the next gzip batch, which ends a kafkajs consumer for good. */
export function failNextDecompression(error: Error): void {
  const working = CompressionCodecs[CompressionTypes.GZIP] as () => object;
  CompressionCodecs[CompressionTypes.GZIP] = () => ({
    ...working(),
    decompress: () => {
      CompressionCodecs[CompressionTypes.GZIP] = working;
      return Promise.reject(error);
    },
  });
}
