import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  optimizeDeps: { exclude: ["touchstone-verify"] },
  // The package lies outside of this folder.
  server: { fs: { allow: [".", "../../dist"] } },
});
