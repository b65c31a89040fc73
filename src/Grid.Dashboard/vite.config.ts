import { defineConfig, loadEnv } from "vite";

export default defineConfig(({ mode }) => {
  // Where `npm run dev` finds a running server.
  const server = loadEnv(mode, ".", "GRID_")["GRID_SERVER"] ?? "http://127.0.0.1:5080";
  return {
    // Relative addresses, so that the page also works below a path of a reverse proxy.
    base: "./",
    build: {
      target: "es2022",
      // The chart library is one chunk of about 500 kB, loaded only when a chart is shown.
      chunkSizeWarningLimit: 700,
      emptyOutDir: true,
      reportCompressedSize: false,
      rollupOptions: {
        onwarn(warning, warn) {
          // The SignalR client places two purity notes where the bundler does not read them; nothing else is lost.
          if (warning.code !== "INVALID_ANNOTATION") warn(warning);
        },
      },
    },
    server: {
      host: "127.0.0.1",
      proxy: { "/v1": server, "/hubs": { target: server, ws: true } },
    },
  };
});
