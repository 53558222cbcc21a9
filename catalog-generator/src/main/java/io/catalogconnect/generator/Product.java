package io.catalogconnect.generator;

import static io.catalogconnect.generator.Quirk.ACCENTS;
import static io.catalogconnect.generator.Quirk.BLANK_IMAGE;
import static io.catalogconnect.generator.Quirk.EMOJI;
import static io.catalogconnect.generator.Quirk.ESCAPED_QUOTES;
import static io.catalogconnect.generator.Quirk.MULTI_LINE;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** One good row, with the real catalogue's frequencies: 74 % have an image, 17 % are Samsung, 7 % have no comment. */
record Product(
        String brand,
        long categoryId,
        String comment,
        String currency,
        String description,
        String image,
        long yearRelease) {

    private static final List<String> BRANDS = List.of("HP", "Samsung", "Dell", "Toshiba", "Acer", "Lenovo");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "CNY", "IDR", "NOK", "PEN", "SEK", "BRL");
    private static final List<String> WORDS = List.of(
            "compact",
            "screen",
            "battery",
            "renewed",
            "keyboard",
            "charger",
            "silver",
            "black",
            "light",
            "quiet",
            "memory",
            "storage",
            "camera",
            "glass",
            "second",
            "original",
            "warranty",
            "boxed",
            "tested",
            "spare");

    static Product random(SplittableRandom random, Set<Quirk> quirks) {
        return new Product(
                BRANDS.get(random.nextInt(BRANDS.size())),
                random.nextInt(1, 101),
                comment(random, quirks),
                CURRENCIES.get(random.nextInt(CURRENCIES.size())),
                description(random, quirks),
                image(random, quirks),
                random.nextInt(1955, 2014));
    }

    boolean hasImage() {
        return !image.isBlank();
    }

    boolean isSamsungAfter2000WithoutImage() {
        return brand.equals("Samsung") && yearRelease > 2000 && !hasImage();
    }

    private static String comment(SplittableRandom random, Set<Quirk> quirks) {
        if (random.nextInt(100) < 7) {
            return "";
        }
        String text = words(random, 3, 40);
        if (quirks.contains(MULTI_LINE) && random.nextInt(10) == 0) {
            text += "\nsecond line, after a comma\n\nfourth line";
        }
        if (quirks.contains(ACCENTS) && random.nextInt(10) == 0) {
            text += " reconditionné à Orléans, façon café";
        }
        if (quirks.contains(EMOJI) && random.nextInt(10) == 0) {
            text += " 📱 like new 👍🏽";
        }
        return text;
    }

    private static String description(SplittableRandom random, Set<Quirk> quirks) {
        if (random.nextInt(100) < 16) {
            return "";
        }
        return quirks.contains(ESCAPED_QUOTES) && random.nextInt(10) == 0
                ? "15\" screen, called \"" + words(random, 1, 3) + "\""
                : words(random, 1, 4);
    }

    private static String image(SplittableRandom random, Set<Quirk> quirks) {
        if (random.nextInt(100) < 26) {
            return quirks.contains(BLANK_IMAGE) && random.nextBoolean() ? "   " : "";
        }
        byte[] picture = new byte[random.nextInt(300, 950)];
        random.nextBytes(picture);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    private static String words(SplittableRandom random, int least, int most) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(least, most + 1);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
