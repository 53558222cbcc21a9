package io.catalogconnect.contract.model;

import java.util.List;
import java.util.stream.Collectors;

/** The team that is responsible for a product, and its channels. */
public record Team(String name, String description, List<Member> members, List<Channel> channels, Places places) {
    public Team {
        members = List.copyOf(members);
        channels = List.copyOf(channels);
    }

    /** The name of the team and its owners, for readers. */
    public String ownership() {
        String owners = members.stream()
                .filter(member -> member.role().equals("owner"))
                .map(Member::username)
                .collect(Collectors.joining(", "));
        return name.isEmpty() ? owners : name + " (" + owners + ")";
    }

    /** A person or a mailing list. */
    public record Member(String username, String name, String role, Places places) {}

    /** A way to reach the team. */
    public record Channel(String name, String tool, String url) {}
}
